// The usual scheme: Heun with renormalization, Gaussian variates by Box-Muller with the vector library's functions.
#include "avx2.hpp"

extern "C" {
F _ZGVdN8v_logf(F);
F _ZGVdN8v_sinf(F);
F _ZGVdN8v_cosf(F);
}

static inline F uniform(I word) {
  F k = _mm256_cvtepi32_ps(_mm256_srli_epi32(word, 8));
  return mul(add(k, set(0.5f)), set(5.9604644775390625e-8f));
}

int main(int argc, char** argv) {
  return drive(argc, argv, [](Model model) {
    F alpha = set(model.alpha), h = set(-model.h), half = set(0.5f);
    F noise = set(__builtin_sqrtf(model.alpha / model.delta * model.h));
    V f = {set(model.field[0]), set(model.field[1]), set(model.field[2])};
    return [=](Spins& s) {
      F r1 = _mm256_sqrt_ps(mul(set(-2), _ZGVdN8v_logf(uniform(s.stream.next()))));
      F t1 = mul(set(6.283185307f), uniform(s.stream.next()));
      F r2 = _mm256_sqrt_ps(mul(set(-2), _ZGVdN8v_logf(uniform(s.stream.next()))));
      F t2 = mul(set(6.283185307f), uniform(s.stream.next()));
      V xi = {mul(r1, _ZGVdN8v_cosf(t1)), mul(r1, _ZGVdN8v_sinf(t1)), mul(r2, _ZGVdN8v_cosf(t2))};
      V kick = {mul(noise, xi.x), mul(noise, xi.y), mul(noise, xi.z)};
      auto slope = [=](V m) -> V {
        V field = {f.x, f.y, add(f.z, m.z)};
        V a = plus(field, alpha, cross(m, field));
        return cross(m, plus(kick, h, a));
      };
      V first = slope(s.m);
      V predicted = plus(s.m, set(1), first);
      V second = slope(predicted);
      V m = plus(plus(s.m, half, first), half, second);
      F scale = div(set(1), _mm256_sqrt_ps(dot(m, m)));
      s.m = {mul(scale, m.x), mul(scale, m.y), mul(scale, m.z)};
    };
  });
}
