package io.thalweg.rpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Hands a service its requests as the bytes that they are on the wire, for it to read them itself.
 * What bytes are no message it has to tell the client, too: {@link Statuses#notAMessage}.
 */
public final class RequestBytes implements MethodDescriptor.Marshaller<byte[]> {
  private static final RequestBytes MARSHALLER = new RequestBytes();

  private RequestBytes() {}

  /** The method with requests of bytes. On the wire, and to reflection, it is the same. */
  public static <R> MethodDescriptor<byte[], R> of(MethodDescriptor<?, R> method) {
    return method.toBuilder(MARSHALLER, method.getResponseMarshaller()).build();
  }

  @Override
  public InputStream stream(byte[] request) {
    return new ByteArrayInputStream(request);
  }

  @Override
  public byte[] parse(InputStream request) {
    try {
      if (request instanceof KnownLength) {
        byte[] bytes = new byte[request.available()];
        request.readNBytes(bytes, 0, bytes.length);
        return bytes;
      }
      return request.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a request that has arrived can't be read", e);
    }
  }
}
