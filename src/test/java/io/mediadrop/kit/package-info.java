/** What a test needs to try a whole mediadrop: its home, its sandbox, its log, its runs. */
package io.mediadrop.kit;
