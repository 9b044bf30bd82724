// The splitting scheme with dyadic variates, one vector at a time, the two rotations apart: the bare step loop.
#include "avx2.hpp"

static inline F dyadic(I word) {
  I low = _mm256_and_si256(word, _mm256_set1_epi32(7));
  F large = _mm256_castsi256_ps(_mm256_cmpeq_epi32(low, _mm256_setzero_si256()));
  F magnitude = _mm256_blendv_ps(set(0.682259127f), set(2.177534704f), large);
  I sign = _mm256_and_si256(_mm256_slli_epi32(word, 28), _mm256_set1_epi32(int(0x80000000u)));
  return _mm256_xor_ps(magnitude, _mm256_castsi256_ps(sign));
}

static inline V cayley(V s, V m) {
  V sm = cross(s, m);
  F scale = div(set(2), fma(s.x, s.x, fma(s.y, s.y, fma(s.z, s.z, set(1)))));
  V ssm = cross(s, sm);
  return plus(m, scale, {add(sm.x, ssm.x), add(sm.y, ssm.y), add(sm.z, ssm.z)});
}

int main(int argc, char** argv) {
  return drive(argc, argv, [](Model model) {
    F alpha = set(model.alpha), half = set(0.5f * model.h), minusHalf = set(-0.5f * model.h), kick = set(model.kick);
    V h = {set(model.field[0]), set(model.field[1]), set(model.field[2])};
    // A = grad Omega + m x grad Psi with Omega = E/2, Psi = alpha E/2: the field H = mz ez + h gives A = -(H + alpha m x H)
    auto rotation = [=](V m) -> V {
      V field = {h.x, h.y, add(h.z, m.z)};
      V mh = cross(m, field);
      return plus(field, alpha, mh);
    };
    return [=](Spins& s) {
      V a = rotation(s.m);
      V predicted = plus(s.m, minusHalf, cross(s.m, a));
      V b = rotation(predicted);
      V m = cayley({mul(half, b.x), mul(half, b.y), mul(half, b.z)}, s.m);
      I word = s.stream.next();
      V xi = {dyadic(word), dyadic(_mm256_srli_epi32(word, 4)), dyadic(_mm256_srli_epi32(word, 8))};
      s.m = cayley({mul(kick, xi.x), mul(kick, xi.y), mul(kick, xi.z)}, m);
    };
  });
}
