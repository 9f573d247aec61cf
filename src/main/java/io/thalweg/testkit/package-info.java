/** With which users test their streams' definitions, without a node. */
@NullMarked
package io.thalweg.testkit;

import org.jspecify.annotations.NullMarked;
