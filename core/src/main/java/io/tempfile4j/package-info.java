/**
 * Temporary files and directories: private, unguessable, and gone afterwards.
 *
 * <p>Which one, when:
 *
 * <ul>
 *   <li>{@link io.tempfile4j.TemporaryFile}: bytes or text that only this program reads. It has no name that anyone can
 *       open, and nothing is left of it whatever happens. Take this one when you can.
 *   <li>{@link io.tempfile4j.NamedTemporaryFile}: the same with a path, for another program or a library that wants one.
 *   <li>{@link io.tempfile4j.SpooledTemporaryFile}: the same in memory, until it outgrows a size.
 *   <li>{@link io.tempfile4j.TemporaryDirectory}: a private directory, removed with all that is in it.
 *   <li>{@link io.tempfile4j.TemporaryPath}: anything else that lives at a path: a socket, a pipe, a database.
 *   <li>{@link io.tempfile4j.AtomicFile}: replaces a file as a whole or not at all; {@link
 *       io.tempfile4j.FileObject#persist persist} does so with any of the above.
 *   <li>{@link io.tempfile4j.TempSpace}: where all of these are made and under which policy, and a scope that removes
 *       them together.
 *   <li>{@link io.tempfile4j.Tempfile}: the functions of Python's module under their own names; what {@code mkstemp} and
 *       {@code mkdtemp} make, the caller removes.
 * </ul>
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "nameless"}
 *
 * <p><b>Security.</b> Files are made with mode 0600 and directories with 0700, whatever the umask; exclusively, so that
 * nothing that was there is opened, and no symbolic link followed; under names with at least 60 bits from a
 * cryptographic source. A directory for temporary files that others could tamper with is not used. What is removed by
 * name is removed only if it still is what was made.
 *
 * <p><b>Clean-up.</b> Whatever comes first removes a thing, once: its {@code close()}, the garbage collector when it was
 * forgotten, the end of its space, or the end of the program; after a crash or {@code SIGKILL} the next process of the
 * same user. Keep the object as long as you use its path: an object that nothing refers to is garbage, and its file with
 * it. What cannot be done in the background is said by the {@link System.Logger} {@code io.tempfile4j}.
 *
 * <p><b>Threads.</b> All types are safe for use by many threads, except {@link io.tempfile4j.TempSpace.Builder}. An
 * interrupt neither closes a file nor loses a byte.
 *
 * <p><b>Null.</b> No method takes or returns null; a null argument is a {@link NullPointerException} that names it.
 */
@NullMarked
package io.tempfile4j;

import org.jspecify.annotations.NullMarked;
