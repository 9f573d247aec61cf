package io.thalweg.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets something happen between two calls of what reads. */
final class Meanwhile {
  private Meanwhile() {}

  /** As it is, but before the so many-th call of a method something else is done. */
  static <T> T before(int call, String name, Class<T> type, T of, Runnable something) {
    AtomicInteger calls = new AtomicInteger();
    return type.cast(
        Proxy.newProxyInstance(
            Meanwhile.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals(name) && calls.incrementAndGet() == call) {
                something.run();
              }
              try {
                return method.invoke(of, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
