/** What is known of a dropped file: plain data without a decision. */
package io.mediadrop.drop;
