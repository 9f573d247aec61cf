package io.thalweg.entity;

/**
 * Why a key can't be read.
 *
 * @param damaged true: what the journal holds is wrong, and trying again will not help; false: the
 *     journal did not answer
 * @param reason for people; names the key
 */
public record KeyFailure(boolean damaged, String reason) {}
