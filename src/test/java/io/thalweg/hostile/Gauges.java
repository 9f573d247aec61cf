package io.thalweg.hostile;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Looks at a process of Java from outside, five times a second: its heap over JMX, its file
 * descriptors and resident memory in {@code /proc}.
 */
final class Gauges implements AutoCloseable {
  private static final int EVERY_MILLIS = 200;
  private static final int KIB = 1 << 10;

  private final Path process;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final Thread thread;
  private Peak peak = new Peak(0, 0, 0);

  /**
   * The largest of what was seen.
   *
   * @param heapBytes used, garbage included
   * @param descriptors open at a time
   * @param residentBytes of the process
   */
  record Peak(long heapBytes, long descriptors, long residentBytes) {
    private Peak with(long heap, long open, long resident) {
      return new Peak(
          Math.max(heapBytes, heap),
          Math.max(descriptors, open),
          Math.max(residentBytes, resident));
    }

    /** The higher of each. */
    Peak highest(Peak other) {
      return with(other.heapBytes, other.descriptors, other.residentBytes);
    }
  }

  private Gauges(long pid, JMXConnector connector) throws IOException {
    this.process = Path.of("/proc", Long.toString(pid));
    this.connector = connector;
    this.memory =
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.MEMORY_MXBEAN_NAME,
            MemoryMXBean.class);
    this.thread = Thread.ofPlatform().daemon().name("gauges").unstarted(this::watch);
  }

  @SuppressWarnings("BanJNDI") // the address is that of a process which we have started
  static Gauges of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXConnector connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        Gauges gauges = new Gauges(pid, connector);
        gauges.thread.start();
        return gauges;
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("can't look into process " + pid, e);
    }
  }

  private void watch() {
    try {
      while (!Thread.interrupted()) {
        look();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (IOException | RuntimeException | InterruptedException gone) {
      // Nothing is left to look at.
    }
  }

  private void look() throws IOException {
    long heap = memory.getHeapMemoryUsage().getUsed();
    long open;
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      open = descriptors.count();
    }
    long resident = residentBytes();
    synchronized (this) {
      peak = peak.with(heap, open, resident);
    }
  }

  private long residentBytes() throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
      }
    }
    throw new IOException("no resident memory in " + process);
  }

  /** The peak since it was last taken. */
  synchronized Peak take() {
    Peak taken = peak;
    peak = new Peak(0, 0, 0);
    return taken;
  }

  /** What is left of the heap after a collection, in bytes. */
  long liveHeap() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    connector.close();
  }
}
