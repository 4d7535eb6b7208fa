/** Lanes: one connection's watched place, with workers and a budget of its own. */
package io.mediadrop.lane;
