package io.thalweg.forbidden.stray;

/** Breaks: lies in a package that the table does not have. */
public class Stray {}
