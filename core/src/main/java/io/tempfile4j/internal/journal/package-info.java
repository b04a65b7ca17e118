/**
 * What this process has made and not yet removed, on record for the process after it: a
 * {@link io.tempfile4j.internal.journal.Journal} is written by the living, a {@link io.tempfile4j.internal.journal.Reaper}
 * removes what the dead have left.
 */
@NullMarked
package io.tempfile4j.internal.journal;

import org.jspecify.annotations.NullMarked;
