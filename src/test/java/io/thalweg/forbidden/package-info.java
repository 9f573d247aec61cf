/** The program's packages once more, each breaking its rules, to show that the rules can fail. */
@NullMarked
package io.thalweg.forbidden;

import org.jspecify.annotations.NullMarked;
