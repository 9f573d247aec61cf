package io.thalweg.ingest.kafka;

/** Finds the fields of a record's value. Of one thread. */
interface FieldReader {

  /**
   * Puts in what it finds.
   *
   * @param value the bytes
   * @param fields that have been cleared
   * @throws Poison if the bytes are not what they should be
   */
  void read(byte[] value, Fields fields) throws Poison;

  /** The one for a format. */
  static FieldReader of(RecordLayout layout, Fields fields) {
    return switch (layout.format()) {
      case RecordLayout.Format.Json json -> new JsonReader(fields);
      case RecordLayout.Format.Csv csv -> new CsvReader(csv, fields);
      case RecordLayout.Format.Avro avro -> new AvroReader(avro, fields);
      case RecordLayout.Format.NumberText text -> new NumberReader(false);
      case RecordLayout.Format.BinaryDouble binary -> new NumberReader(true);
    };
  }
}
