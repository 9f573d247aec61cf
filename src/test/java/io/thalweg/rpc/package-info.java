@NullMarked
package io.thalweg.rpc;

import org.jspecify.annotations.NullMarked;
