package io.thalweg.journal;

/**
 * An object in its serialized form.
 *
 * @param serializer the serializer's identifier
 * @param manifest what the serializer calls the object's type and version
 * @param bytes handed over: nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Stored(int serializer, String manifest, byte[] bytes) {}
