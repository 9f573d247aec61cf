package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitThreadTest {

  /** A store in which something breaks that nobody has thought of. */
  private static final class Broken implements Commits {
    @Override
    public void commit(List<Write> writes) {
      throw new StackOverflowError("on purpose");
    }

    @Override
    public void reopen() {}

    @Override
    public @Nullable StoreUnavailableException shortage() {
      return null;
    }

    @Override
    public long idleNanos() {
      return TimeUnit.SECONDS.toNanos(10);
    }

    @Override
    public void idle() {}

    @Override
    public String name() {
      return "the broken store";
    }

    @Override
    public void close() {}
  }

  @Test
  void aThreadThatHasEndedIsNotSaidToTakeWrites() throws Exception {
    CommitThread thread =
        new CommitThread(JournalSettings.from(ConfigFactory.load()), new Broken());
    thread.start();
    assertThat(thread.isWritable()).isTrue();
    thread.submit(new EventWrite((write, failure) -> {}));
    thread.close();
    assertThat(thread.isWritable()).isFalse();

    CompletableFuture<Exception> told = new CompletableFuture<>();
    thread.submit(new EventWrite((write, failure) -> told.complete(failure)));
    assertThat(told.get(5, TimeUnit.SECONDS)).isInstanceOf(StoreUnavailableException.class);
  }
}
