/** Whether all is well, for machines that watch this one: what is wrong, and what to do. */
package io.mediadrop.health;
