package io.thalweg.forbidden.codec;

import io.thalweg.forbidden.entity.Entity;

/** Breaks: knows who its values belong to. */
public class Codec {
  Entity known = new Entity();
}
