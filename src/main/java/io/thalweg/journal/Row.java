package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the store holds under one key: an event or a snapshot.
 *
 * <p>Bytes, big-endian: the format (1), a CRC-32C of the row's key and of the whole row without the
 * CRC itself (4), the timestamp (8), then writer and adapter manifest, the optional metadata, and
 * the payload. Texts and metadata are led by their length; the payload runs to the end.
 *
 * @param timestamp of the write, in milliseconds since 1970
 * @param writer who wrote an event: names one life of a persistent actor
 * @param adapterManifest of the event adapter; empty without one
 * @param metadata of replicated actors
 * @param payload the event or snapshot
 */
public record Row(
    long timestamp,
    String writer,
    String adapterManifest,
    Optional<Stored> metadata,
    Stored payload) {

  private static final byte[] NOTHING = {};
  private static final byte FORMAT_STORED = 1;
  private static final byte FORMAT_REFUSED = 2;
  private static final int CRC_AT = 1;
  private static final int BODY_AT = CRC_AT + Integer.BYTES;

  /**
   * The bytes of a row that only takes up a sequence number: its event could not be serialized, and
   * its writer went on with the next number. It keeps the numbers free of gaps.
   */
  public static byte[] refused(byte[] key) {
    return seal(key, ByteBuffer.allocate(BODY_AT).put(0, FORMAT_REFUSED).array());
  }

  /** The row's bytes, to be stored under the key. */
  public byte[] encode(byte[] key) {
    byte[] writerUtf8 = utf8(writer);
    byte[] adapterUtf8 = utf8(adapterManifest);
    int size = BODY_AT + Long.BYTES + 2 * Short.BYTES + writerUtf8.length + adapterUtf8.length;
    byte[] metadataManifest = utf8(metadata.map(Stored::manifest).orElse(""));
    size += 1 + metadata.map(m -> sizeOf(metadataManifest, m) + Integer.BYTES).orElse(0);
    byte[] payloadManifest = utf8(payload.manifest());
    size += sizeOf(payloadManifest, payload);

    ByteBuffer row = ByteBuffer.allocate(size);
    row.put(FORMAT_STORED).position(BODY_AT).putLong(timestamp);
    putText(row, writerUtf8);
    putText(row, adapterUtf8);
    row.put((byte) (metadata.isPresent() ? 1 : 0));
    if (metadata.isPresent()) {
      row.putInt(metadata.get().bytes().length);
      putStored(row, metadataManifest, metadata.get());
    }
    putStored(row, payloadManifest, payload);
    return seal(key, row.array());
  }

  /**
   * Reads a row.
   *
   * @return empty where the row only takes up its number
   * @throws DamagedJournalException if the bytes are not what was stored under the key
   */
  public static Optional<Row> decode(
      String persistenceId, long sequence, byte[] key, byte[] bytes) {
    if (bytes.length < BODY_AT || ByteBuffer.wrap(bytes).getInt(CRC_AT) != crc(key, bytes)) {
      throw new DamagedJournalException(persistenceId, sequence, "its checksum does not match");
    }
    try {
      return switch (bytes[0]) {
        case FORMAT_STORED -> Optional.of(decodeBody(ByteBuffer.wrap(bytes).position(BODY_AT)));
        case FORMAT_REFUSED -> Optional.empty();
        default ->
            throw new DamagedJournalException(
                persistenceId, sequence, "its row has the unknown format " + bytes[0]);
      };
    } catch (BufferUnderflowException e) {
      throw new DamagedJournalException(persistenceId, sequence, "its row ends too early");
    }
  }

  private static Row decodeBody(ByteBuffer row) {
    long timestamp = row.getLong();
    String writer = text(row);
    String adapterManifest = text(row);
    Optional<Stored> metadata =
        row.get() == 0 ? Optional.empty() : Optional.of(stored(row, row.getInt()));
    Stored payload = stored(row, -1);
    return new Row(timestamp, writer, adapterManifest, metadata, payload);
  }

  private static Stored stored(ByteBuffer row, int lengthOrRest) {
    int serializer = row.getInt();
    String manifest = text(row);
    byte[] bytes = new byte[lengthOrRest < 0 ? row.remaining() : lengthOrRest];
    row.get(bytes);
    return new Stored(serializer, manifest, bytes);
  }

  private static int sizeOf(byte[] manifest, Stored stored) {
    return Integer.BYTES + Short.BYTES + manifest.length + stored.bytes().length;
  }

  private static void putStored(ByteBuffer row, byte[] manifest, Stored stored) {
    row.putInt(stored.serializer());
    putText(row, manifest);
    row.put(stored.bytes());
  }

  private static void putText(ByteBuffer row, byte[] utf8) {
    row.putShort((short) utf8.length).put(utf8);
  }

  private static String text(ByteBuffer row) {
    byte[] utf8 = new byte[Short.toUnsignedInt(row.getShort())];
    row.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xFFFF) {
      throw new IllegalArgumentException("a manifest is at most 65535 bytes: " + utf8.length);
    }
    return utf8;
  }

  private static byte[] seal(byte[] key, byte[] row) {
    ByteBuffer.wrap(row).putInt(CRC_AT, crc(key, row));
    return row;
  }

  private static int crc(byte[] key, byte[] row) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(row, 0, CRC_AT);
    crc.update(row, BODY_AT, row.length - BODY_AT);
    return (int) crc.getValue();
  }
}
