// CUDA with the algorithm of the printed kernel: sfc32, dyadic variates, drift and kick fused into one rotation, constant
// factors absorbed, every product fused with the sum it goes into.
#include "philox.cuh"

// c + a x b
__device__ __forceinline__ float3 plusCross(float3 c, float3 a, float3 b) {
  return make_float3(fmaf(-a.z, b.y, fmaf(a.y, b.z, c.x)), fmaf(-a.x, b.z, fmaf(a.z, b.x, c.y)),
                     fmaf(-a.y, b.x, fmaf(a.x, b.y, c.z)));
}

__device__ __forceinline__ float dyadic(uint32_t word, float kick) {
  float magnitude = (word & 7u) == 0u ? 2.177534704f * kick : 0.682259127f * kick;
  return __uint_as_float(__float_as_uint(magnitude) ^ ((word << 28) & 0x80000000u));
}

// The field and the damping term times a number: field' + m x (alpha field') with field' = scale * field.
__device__ __forceinline__ float3 halfRotation(float3 m, float scale) {
  float3 field = fieldAt(m);
  float3 scaled = make_float3(scale * field.x, scale * field.y, scale * field.z);
  return plusCross(scaled, m, make_float3(alpha * scaled.x, alpha * scaled.y, alpha * scaled.z));
}

// One step with the kick of twelve bits of a word.
__device__ __forceinline__ float3 moved(float3 m, uint32_t bits, float h, float kick) {
  float3 k = make_float3(dyadic(bits, kick), dyadic(bits >> 4, kick), dyadic(bits >> 8, kick));
  float3 d = halfRotation(m, -0.5f * h);
  d = halfRotation(plusCross(m, m, d), 0.5f * h);
  float w = fmaf(-d.z, k.z, fmaf(-d.y, k.y, fmaf(-d.x, k.x, 1.0f)));
  float3 q = plusCross(make_float3(d.x + k.x, d.y + k.y, d.z + k.z), k, d);
  float scale = __fdividef(2.0f, w * w + q.x * q.x + q.y * q.y + q.z * q.z);
  float3 n = cross(q, m);
  return plus(m, scale, plusCross(make_float3(w * n.x, w * n.y, w * n.z), q, n));
}

// `end` - `first` is even: a word serves two steps.
__global__ void advance(float* state, long spins, unsigned first, unsigned end, float h, float kick) {
  long i = blockIdx.x * long(blockDim.x) + threadIdx.x;
  if (i >= spins) return;
  float3 m = make_float3(state[i], state[spins + i], state[2 * spins + i]);
  uint4 s = philox<7>(make_uint4(uint32_t(i), first, 0, 0), make_uint2(1, 0));
#pragma unroll 4
  for (unsigned step = first; step < end; step += 2) {
    uint32_t word = s.x + s.y + s.w;
    s = make_uint4(s.y ^ (s.y >> 9), s.z + (s.z << 3), ((s.z << 21) | (s.z >> 11)) + word, s.w + 1);
    m = moved(moved(m, word, h, kick), word >> 12, h, kick);
  }
  float scale = rsqrtf(m.x * m.x + m.y * m.y + m.z * m.z);
  state[i] = scale * m.x, state[spins + i] = scale * m.y, state[2 * spins + i] = scale * m.z;
}

int main(int argc, char** argv) { return drive(argc, argv, advance); }
