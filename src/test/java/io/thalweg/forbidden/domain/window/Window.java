package io.thalweg.forbidden.domain.window;

import com.datadoghq.sketch.ddsketch.DDSketches;
import io.thalweg.forbidden.entity.Entity;

/** Breaks: knows an actor, and a library that only the statistics may know. */
public class Window {
  Entity known = new Entity();
  Object sketch = DDSketches.unboundedDense(0.01);
}
