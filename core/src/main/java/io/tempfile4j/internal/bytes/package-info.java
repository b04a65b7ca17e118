/**
 * Where the bytes of a file object are: in a file behind one buffer ({@link
 * io.tempfile4j.internal.bytes.BufferedBytes}), or in memory ({@link io.tempfile4j.internal.bytes.MemoryBytes}).
 */
@NullMarked
package io.tempfile4j.internal.bytes;

import org.jspecify.annotations.NullMarked;
