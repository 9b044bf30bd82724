// What the AVX2 twins share: eight spins a vector, sfc32 per lane, and the way they are driven. Written by hand for
// comparison with the printed kernels; no part of the program.
//
// A twin reads numbers of steps from its input, one a line, takes all its spins through that many and answers with
// the seconds it took and the ensemble's mean of mz^2.
#pragma once
#include <immintrin.h>
#include <omp.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using F = __m256;
using I = __m256i;
static inline F set(float x) { return _mm256_set1_ps(x); }
static inline F add(F x, F y) { return _mm256_add_ps(x, y); }
static inline F sub(F x, F y) { return _mm256_sub_ps(x, y); }
static inline F mul(F x, F y) { return _mm256_mul_ps(x, y); }
static inline F fma(F x, F y, F z) { return _mm256_fmadd_ps(x, y, z); }
static inline F nfma(F x, F y, F z) { return _mm256_fnmadd_ps(x, y, z); }
static inline F div(F x, F y) { return _mm256_div_ps(x, y); }

struct V {
  F x, y, z;
};
static inline V cross(V a, V b) {
  return {nfma(a.z, b.y, mul(a.y, b.z)), nfma(a.x, b.z, mul(a.z, b.x)), nfma(a.y, b.x, mul(a.x, b.y))};
}
static inline F dot(V a, V b) { return fma(a.x, b.x, fma(a.y, b.y, mul(a.z, b.z))); }
static inline V plus(V a, F s, V b) { return {fma(s, b.x, a.x), fma(s, b.y, a.y), fma(s, b.z, a.z)}; }

struct Sfc {
  I a, b, c, d;
  I next() {
    I word = _mm256_add_epi32(_mm256_add_epi32(a, b), d);
    d = _mm256_add_epi32(d, _mm256_set1_epi32(1));
    a = _mm256_xor_si256(b, _mm256_srli_epi32(b, 9));
    b = _mm256_add_epi32(c, _mm256_slli_epi32(c, 3));
    c = _mm256_add_epi32(_mm256_or_si256(_mm256_slli_epi32(c, 21), _mm256_srli_epi32(c, 11)), word);
    return word;
  }
};

// The bench's model in reduced units: energy -mz^2 - 2 h.m, damping alpha, barrier delta, time step h.
struct Model {
  float alpha = 0.1f, delta = 5, h = 0.4f, kick = 0, field[3] = {0.2f, 0.1f, 0.05f};
};

struct Spins {
  V m;
  Sfc stream;
};

static inline uint32_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return uint32_t((z ^ (z >> 31)) >> 16);
}

template <class Step>
int drive(int argc, char** argv, Step make) {
  long spins = argc > 1 ? atol(argv[1]) : 65536;
  int threads = argc > 2 ? atoi(argv[2]) : omp_get_max_threads();
  Model model;
  if (argc > 3) model.h = atof(argv[3]);
  if (argc > 4) model.kick = atof(argv[4]);
  long vectors = (spins + 7) / 8;
  Spins* all = static_cast<Spins*>(aligned_alloc(64, (sizeof(Spins) * vectors + 63) / 64 * 64));
  for (long v = 0; v < vectors; v++) {
    alignas(32) uint32_t w[4][8];
    for (int k = 0; k < 4; k++)
      for (int lane = 0; lane < 8; lane++) w[k][lane] = mix(0x9e3779b97f4a7c15ull * (32 * v + 8 * k + lane + 1));
    I words[4];
    for (int k = 0; k < 4; k++) words[k] = _mm256_load_si256(reinterpret_cast<I*>(w[k]));
    all[v] = {{set(0), set(0), set(v % 2 ? 1 : -1)}, {words[0], words[1], words[2], words[3]}};
  }
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    long steps = atol(line);
    if (steps <= 0) break;
    auto began = std::chrono::steady_clock::now();
    auto step = make(model);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (long v = 0; v < vectors; v++) {
      Spins s = all[v];
      for (long i = 0; i < steps; i++) step(s);
      all[v] = s;
    }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    double zz = 0;
    for (long v = 0; v < vectors; v++)
      for (int lane = 0; lane < 8; lane++) {
        float z = reinterpret_cast<float*>(&all[v].m.z)[lane];
        zz += double(z) * z;
      }
    printf("%.9g %.9g\n", seconds, zz / (8 * vectors));
    fflush(stdout);
  }
  return 0;
}
