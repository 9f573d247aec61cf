package io.thalweg.rpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a message when it is first read: whoever reads it then hears that it is no gzip. gRPC's
 * own looks at once, where an error has no better status than UNKNOWN.
 */
public final class Gzip implements Decompressor {
  private Gzip() {}

  /** What a server unpacks: gzip, and what is not packed at all. */
  public static DecompressorRegistry registry() {
    return DecompressorRegistry.emptyInstance()
        .with(Codec.Identity.NONE, false)
        .with(new Gzip(), true);
  }

  @Override
  public String getMessageEncoding() {
    return "gzip";
  }

  @Override
  public InputStream decompress(InputStream packed) {
    return new Unpacked(packed);
  }

  private static final class Unpacked extends InputStream {
    private final InputStream packed;
    private @Nullable InputStream plain;

    Unpacked(InputStream packed) {
      this.packed = packed;
    }

    private InputStream plain() throws IOException {
      InputStream opened = plain;
      if (opened == null) {
        opened = new GZIPInputStream(packed);
        plain = opened;
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return plain().read();
    }

    @Override
    public int read(byte[] to, int at, int count) throws IOException {
      return plain().read(to, at, count);
    }

    @Override
    public void close() throws IOException {
      packed.close();
    }
  }
}
