/** The journal and snapshot plugins, their serializers and schema versions, and history reads. */
@NullMarked
package io.thalweg.journal;

import org.jspecify.annotations.NullMarked;
