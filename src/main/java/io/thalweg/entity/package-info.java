/** The key actor: its protocol, and one-line bridges to the domain. */
@NullMarked
package io.thalweg.entity;

import org.jspecify.annotations.NullMarked;
