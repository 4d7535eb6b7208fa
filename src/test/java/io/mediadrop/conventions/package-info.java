/** How routes, settings and classes are written, as tests over the files themselves. */
package io.mediadrop.conventions;
