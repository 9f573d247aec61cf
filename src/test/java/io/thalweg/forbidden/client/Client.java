package io.thalweg.forbidden.client;

import io.thalweg.forbidden.node.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks: knows the inside of a node, and one of its libraries. */
public class Client {
  Node node = new Node();
  Logger log = LoggerFactory.getLogger(Client.class);
}
