// A write error by splitting, in a simple program for one core: float64, Heun with renormalization, Gaussian variates
// by Box-Muller, one spin after another. Written by hand for comparison; no part of the program.
//
//   splitting_float64 SPINS ISLANDS DELTA ALPHA OVERDRIVE TIME STEP SEED
//
// A magnet with one axis under a damping-like torque of OVERDRIVE times the critical one, started in equilibrium in the
// well that the torque empties; fields over B_K, times in 1/(gamma' B_K). The importance function is exp(-DELTA
// (OVERDRIVE - 1) max(0, sin - 0.9 exp(-(OVERDRIVE - 1) s))^2), s the remaining time over the relaxation time. Prints
// processor seconds, spin-steps, the mean of the islands and its relative error.
#include <algorithm>
#include <ctime>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

struct Spin {
  double x, y, z, logG;
};

// xoshiro256+ (Blackman and Vigna, ACM Trans. Math. Softw. 47 (2021) 36)
struct Noise {
  uint64_t s[4];
  explicit Noise(uint64_t seed) {
    std::mt19937_64 mixer(seed);
    for (auto& word : s) word = mixer();
  }
  double uniform() {
    uint64_t result = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return (double(result >> 11) + 0.5) * 0x1p-53;
  }
  double spare = 0;
  bool hasSpare = false;
  double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double r = std::sqrt(-2 * std::log(uniform())), angle = 6.283185307179586 * uniform();
    spare = r * std::sin(angle);
    hasSpare = true;
    return r * std::cos(angle);
  }
};

int main(int argc, char** argv) {
  if (argc < 9) return 2;
  int spins = std::atoi(argv[1]), islands = std::atoi(argv[2]);
  double delta = std::atof(argv[3]), alpha = std::atof(argv[4]), over = std::atof(argv[5]), end = std::atof(argv[6]);
  double step = std::atof(argv[7]);
  uint64_t seed = std::strtoull(argv[8], nullptr, 10);
  int size = spins / islands;
  long steps = std::lround(end / step);
  // two stages in a relaxation time
  int stages = int(std::ceil(2 * alpha * end));
  double kick = std::sqrt(alpha / delta * step);
  std::clock_t began = std::clock();
  std::vector<double> values;
  std::vector<Spin> island(size), chosen(size);
  std::vector<double> weight(size);
  double spinSteps = 0;
  for (int number = 0; number < islands; number++) {
    Noise noise(seed * 1000003 + number);
    auto start = [&](Spin& spin) {
      // exp(delta z^2) on the upper half, by rejection of exp(-2 delta (1 - z))
      for (;;) {
        double z = 1 + std::log(noise.uniform()) / delta;
        if (z < 0 || noise.uniform() > std::exp(delta * (z * z - 1) + delta * (1 - z))) continue;
        double s = std::sqrt(std::max(0.0, 1 - z * z)), angle = 6.283185307179586 * noise.uniform();
        spin = {s * std::cos(angle), s * std::sin(angle), z, 0};
        return;
      }
    };
    for (auto& spin : island) start(spin);
    double logMean = 0;
    long now = 0;
    for (int k = 0; k < stages; k++) {
      long until = std::lround(double(k) * double(steps) / stages);
      auto advance = [&](long to) {
        for (auto& spin : island) {
          double mx = spin.x, my = spin.y, mz = spin.z;
          for (long i = now; i < to; i++) {
            double nx = kick * noise.gaussian(), ny = kick * noise.gaussian(), nz = kick * noise.gaussian();
            // dm = -step m x (H + alpha m x H - alpha over m x z) + m x noise, H = mz z
            auto slope = [&](double x, double y, double z, double& ox, double& oy, double& oz) {
              double hz = z, t = alpha * (hz - over);
              double ax = nx - step * (y * t), ay = ny + step * (x * t), az = nz - step * hz;
              ox = y * az - z * ay;
              oy = z * ax - x * az;
              oz = x * ay - y * ax;
            };
            double ax, ay, az, bx, by, bz;
            slope(mx, my, mz, ax, ay, az);
            slope(mx + ax, my + ay, mz + az, bx, by, bz);
            mx += 0.5 * (ax + bx);
            my += 0.5 * (ay + by);
            mz += 0.5 * (az + bz);
            double scale = 1 / std::sqrt(mx * mx + my * my + mz * mz);
            mx *= scale;
            my *= scale;
            mz *= scale;
          }
          spin.x = mx;
          spin.y = my;
          spin.z = mz;
        }
        spinSteps += double(to - now) * size;
        now = to;
      };
      advance(until);
      double left = alpha * (end - double(now) * step), total = 0, highest = -1e300;
      for (int i = 0; i < size; i++) {
        double s = std::sqrt(std::max(0.0, 1 - island[i].z * island[i].z));
        double beyond = island[i].z < 0 ? 1 - 0.9 * std::exp(-(over - 1) * left) + (1 - s)
                                        : std::max(0.0, s - 0.9 * std::exp(-(over - 1) * left));
        double logG = -delta * (over - 1) * beyond * beyond;
        weight[i] = logG - island[i].logG;
        island[i].logG = logG;
        highest = std::max(highest, weight[i]);
      }
      for (auto& w : weight) {
        w = std::exp(w - highest);
        total += w;
      }
      logMean += highest + std::log(total / size);
      // systematic resampling
      double offset = noise.uniform(), below = 0;
      int taken = 0;
      for (int i = 0; i < size && taken < size; i++) {
        below += weight[i] * size / total;
        while (taken < size && double(taken) + offset < below) chosen[taken++] = island[i];
      }
      while (taken < size) chosen[taken++] = island[size - 1];
      island.swap(chosen);
      if (k + 1 == stages) advance(steps);
    }
    double sum = 0;
    for (auto& spin : island)
      if (spin.z > 0) sum += std::exp(-spin.logG);
    values.push_back(sum / size * std::exp(logMean));
  }
  double mean = 0, variance = 0;
  for (double v : values) mean += v / islands;
  for (double v : values) variance += (v - mean) * (v - mean) / (islands - 1);
  double seconds = double(std::clock() - began) / CLOCKS_PER_SEC;
  std::printf("%.3f %.6g %.6e %.4f\n", seconds, spinSteps, mean, std::sqrt(variance / islands) / mean);
}
