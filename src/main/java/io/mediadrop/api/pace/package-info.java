/**
 * How fast mediadrop talks to the API: every call that the API grants a connection, the most urgent
 * first, and hardly one that it refuses.
 *
 * <p><b>How many.</b> A connection's {@code Allowance} is what the settings grant: calls that come
 * back per minute, and how many may gather. Its {@code Bucket} counts them, and follows what the
 * API says is left ({@code RateHeaders}), but never above the settings. While a call is under way
 * nothing is counted as coming back for it, so that the bucket works without any header too. A
 * refusal empties it; {@code Refusals} says for how long the connection is left alone then, also
 * where nothing else limits it.
 *
 * <p><b>Whose turn.</b> {@code CallQueue} has those who wait for a call, in the order of their
 * {@code Priority}: what ends an upload, its parts, new uploads, probes. Questions about uploads
 * that have ended do not wait: they get a call that nobody else wants, or none.
 *
 * <p><b>What is begun.</b> A file's first two calls are drawn together, so that it does not stall
 * between them. {@code Admissions} says how many files a lane may begin until it asks again, and
 * lets the lanes of a connection take turns; each file that is begun holds a {@link
 * io.mediadrop.api.pace.Reservation} until it is put away.
 *
 * <p><b>For whom.</b> {@code RateLimit} is all of this for one connection, a call at a time. {@code
 * SharedLimit} lets the lanes of that connection agree, {@code RateMemory} keeps its level in the
 * ledger, and {@link io.mediadrop.api.pace.RateLimits} is the door for everybody else.
 *
 * <p>Levels are calls and fractions of calls. Times are nanoseconds of {@link System#nanoTime()},
 * which nobody sets, except in the headers, which go by the API's clock, and in the ledger, which
 * goes by the machine's.
 */
package io.mediadrop.api.pace;
