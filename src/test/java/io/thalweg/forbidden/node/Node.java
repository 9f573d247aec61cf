package io.thalweg.forbidden.node;

/** What others may not know. */
public class Node {}
