@NullMarked
package io.thalweg.forbidden.rpc;

import org.jspecify.annotations.NullMarked;
