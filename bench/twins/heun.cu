// Conventional CUDA: Heun with renormalization, Philox4x32-10 and Box-Muller in registers, many steps a launch.
#include "philox.cuh"

__device__ __forceinline__ float uniform(uint32_t word) { return ((word >> 8) + 0.5f) * 5.9604644775390625e-8f; }

__global__ void advance(float* state, long spins, unsigned first, unsigned end, float h, float) {
  long i = blockIdx.x * long(blockDim.x) + threadIdx.x;
  if (i >= spins) return;
  float3 m = make_float3(state[i], state[spins + i], state[2 * spins + i]);
  float noise = sqrtf(alpha / delta * h);
  for (unsigned step = first; step < end; step++) {
    uint4 w = philox<10>(make_uint4(uint32_t(i), step, 0, 0), make_uint2(1, 0));
    float r = noise * sqrtf(-2 * __logf(uniform(w.x))), q = noise * sqrtf(-2 * __logf(uniform(w.z)));
    float s, c;
    __sincosf(6.283185307f * uniform(w.y), &s, &c);
    float3 kick = make_float3(r * c, r * s, q * __cosf(6.283185307f * uniform(w.w)));
    float3 a = cross(m, plus(kick, -h, rotation(m)));
    float3 p = plus(m, 1, a);
    float3 b = cross(p, plus(kick, -h, rotation(p)));
    m = plus(plus(m, 0.5f, a), 0.5f, b);
    float scale = rsqrtf(m.x * m.x + m.y * m.y + m.z * m.z);
    m = make_float3(scale * m.x, scale * m.y, scale * m.z);
  }
  state[i] = m.x, state[spins + i] = m.y, state[2 * spins + i] = m.z;
}

int main(int argc, char** argv) { return drive(argc, argv, advance); }
