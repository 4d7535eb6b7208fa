/**
 * What all others use: settings' keys and values, mistakes, names of threads, times between tries.
 */
package io.mediadrop.base;
