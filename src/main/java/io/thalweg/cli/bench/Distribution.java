package io.thalweg.cli.bench;

/** How the load is spread over the keys. */
public enum Distribution {
  UNIFORM {
    @Override
    KeyChoice choice(KeyChoice.Own own, long seed) {
      return new KeyChoice.Uniform(own, seed);
    }
  },
  ZIPF {
    @Override
    KeyChoice choice(KeyChoice.Own own, long seed) {
      return new KeyChoice.Zipf(own, seed);
    }
  },
  MOVING {
    @Override
    KeyChoice choice(KeyChoice.Own own, long seed) {
      return new KeyChoice.Moving(own, seed);
    }
  };

  abstract KeyChoice choice(KeyChoice.Own own, long seed);
}
