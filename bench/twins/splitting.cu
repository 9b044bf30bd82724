// CUDA with the algorithm of the printed kernel: sfc32, dyadic variates, drift and kick fused into one rotation.
#include "philox.cuh"

__device__ __forceinline__ float dyadic(uint32_t word, float kick) {
  float magnitude = (word & 7u) == 7u ? 2.177534704f * kick : 0.682259127f * kick;
  return __uint_as_float(__float_as_uint(magnitude) ^ ((word << 28) & 0x80000000u));
}

__global__ void advance(float* state, long spins, unsigned first, unsigned end, float h, float kick) {
  long i = blockIdx.x * long(blockDim.x) + threadIdx.x;
  if (i >= spins) return;
  float3 m = make_float3(state[i], state[spins + i], state[2 * spins + i]);
  uint4 s = philox<7>(make_uint4(uint32_t(i), first, 0, 0), make_uint2(1, 0));
#pragma unroll 4
  for (unsigned step = first; step < end; step++) {
    uint32_t word = s.x + s.y + s.w;
    s = make_uint4(s.y ^ (s.y >> 9), s.z + (s.z << 3), ((s.z << 21) | (s.z >> 11)) + word, s.w + 1);
    float3 k = make_float3(dyadic(word, kick), dyadic(word >> 4, kick), dyadic(word >> 8, kick));
    float3 p = plus(m, -0.5f * h, cross(m, rotation(m)));
    float3 a = rotation(p);
    float3 d = make_float3(0.5f * h * a.x, 0.5f * h * a.y, 0.5f * h * a.z);
    float w = 1 - (d.x * k.x + d.y * k.y + d.z * k.z);
    float3 kd = cross(k, d);
    float3 q = make_float3(d.x + k.x + kd.x, d.y + k.y + kd.y, d.z + k.z + kd.z);
    float scale = __fdividef(2.0f, w * w + q.x * q.x + q.y * q.y + q.z * q.z);
    float3 n = cross(q, m), nn = cross(q, n);
    m = plus(m, scale, plus(nn, w, n));
  }
  float scale = rsqrtf(m.x * m.x + m.y * m.y + m.z * m.z);
  state[i] = scale * m.x, state[spins + i] = scale * m.y, state[2 * spins + i] = scale * m.z;
}

int main(int argc, char** argv) { return drive(argc, argv, advance); }
