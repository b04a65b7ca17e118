/**
 * What takes turns: tempfile4j, other libraries and other languages do the same work, one after the other, round by round,
 * so that whatever else the machine does meets all of them.
 *
 * <p>Start reading at {@link io.tempfile4j.benchmarks.turns.Bench}, the command. Each {@code …Section} is a chapter of the
 * report and says what is done in it; a {@link io.tempfile4j.benchmarks.turns.Worker} is a process that does it, of a
 * {@link io.tempfile4j.benchmarks.turns.Contestant}; {@link io.tempfile4j.benchmarks.turns.JavaWorker} is the one in Java.
 */
@NullMarked
package io.tempfile4j.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
