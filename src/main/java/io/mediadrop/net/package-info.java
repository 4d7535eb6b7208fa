/** How other machines are reached: addresses as they were written, to the letter. */
package io.mediadrop.net;
