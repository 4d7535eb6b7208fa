/** Lanes: one connection's watched place, with workers of its own and what they have in hand. */
package io.mediadrop.lane;
