// What the CUDA twins share: Philox4x32, the model's parameters, and the way they are driven (as in avx2.hpp).
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

template <int rounds>
__device__ __forceinline__ uint4 philox(uint4 c, uint2 k) {
#pragma unroll
  for (int i = 0; i < rounds; i++) {
    c = make_uint4(__umulhi(0xcd9e8d57u, c.z) ^ c.y ^ k.x, 0xcd9e8d57u * c.z,
                   __umulhi(0xd2511f53u, c.x) ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k.x += 0x9e3779b9u;
    k.y += 0xbb67ae85u;
  }
  return c;
}

constexpr float alpha = 0.1f, delta = 5.0f;
__device__ __forceinline__ float3 fieldAt(float3 m) { return make_float3(0.2f, 0.1f, 0.05f + m.z); }
__device__ __forceinline__ float3 cross(float3 a, float3 b) {
  return make_float3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}
__device__ __forceinline__ float3 plus(float3 a, float s, float3 b) {
  return make_float3(fmaf(s, b.x, a.x), fmaf(s, b.y, a.y), fmaf(s, b.z, a.z));
}
__device__ __forceinline__ float3 rotation(float3 m) {
  float3 field = fieldAt(m);
  return plus(field, alpha, cross(m, field));
}

#define CHECK(call)                                                  \
  do {                                                               \
    cudaError_t error = call;                                        \
    if (error != cudaSuccess) {                                      \
      fprintf(stderr, "%s\n", cudaGetErrorString(error));            \
      exit(1);                                                       \
    }                                                                \
  } while (0)

template <class Kernel>
int drive(int argc, char** argv, Kernel kernel) {
  long spins = argc > 1 ? atol(argv[1]) : 1 << 21;
  float h = argc > 3 ? atof(argv[3]) : 0.4f, kick = argc > 4 ? atof(argv[4]) : 0.0f;
  std::vector<float> m(3 * spins, 0.0f);
  for (long i = 0; i < spins; i++) m[2 * spins + i] = i % 2 ? 1.0f : -1.0f;
  float* state;
  CHECK(cudaMalloc(&state, 12 * spins));
  CHECK(cudaMemcpy(state, m.data(), 12 * spins, cudaMemcpyHostToDevice));
  cudaEvent_t from, to;
  cudaEventCreate(&from);
  cudaEventCreate(&to);
  unsigned step = 0;
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    long steps = atol(line);
    if (steps <= 0) break;
    cudaEventRecord(from);
    for (long done = 0; done < steps; done += 1024) {
      unsigned count = steps - done < 1024 ? steps - done : 1024;
      kernel<<<(spins + 127) / 128, 128>>>(state, spins, step, step + count, h, kick);
      step += count;
    }
    cudaEventRecord(to);
    CHECK(cudaEventSynchronize(to));
    float milliseconds;
    cudaEventElapsedTime(&milliseconds, from, to);
    CHECK(cudaMemcpy(m.data(), state, 12 * spins, cudaMemcpyDeviceToHost));
    double zz = 0;
    for (long i = 0; i < spins; i++) zz += double(m[2 * spins + i]) * m[2 * spins + i];
    printf("%.9g %.9g\n", milliseconds / 1000, zz / spins);
    fflush(stdout);
  }
  return 0;
}
