"""JAX, best effort: Heun under jit with fori_loop, float32, threefry normals, donated state. Driven as in avx2.hpp."""
import sys
import time

import jax
import jax.numpy as jnp

spins = int(sys.argv[1]) if len(sys.argv) > 1 else 65536
h = float(sys.argv[3]) if len(sys.argv) > 3 else 0.05
alpha, delta = 0.1, 5.0
field = jnp.array([0.2, 0.1, 0.05], jnp.float32)
axis = jnp.array([0.0, 0.0, 1.0], jnp.float32)


def slope(m, kick):
    total = field + m * axis
    return jnp.cross(m, kick - h * (total + alpha * jnp.cross(m, total)))


def step(_, carry):
    m, key = carry
    key, now = jax.random.split(key)
    kick = (alpha / delta * h) ** 0.5 * jax.random.normal(now, m.shape, jnp.float32)
    a = slope(m, kick)
    m = m + 0.5 * (a + slope(m + a, kick))
    return m / jnp.linalg.norm(m, axis=1, keepdims=True), key


advance = jax.jit(lambda m, key, steps: jax.lax.fori_loop(0, steps, step, (m, key)), donate_argnums=(0,))
m = jnp.tile(jnp.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]], jnp.float32), (spins // 2, 1))
key = jax.random.PRNGKey(1)
for line in sys.stdin:
    steps = int(line)
    if steps <= 0:
        break
    began = time.perf_counter()
    m, key = advance(m, key, steps)
    m.block_until_ready()
    print(f"{time.perf_counter() - began:.9g} {float((m[:, 2] ** 2).mean()):.9g}", flush=True)
