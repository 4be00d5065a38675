/** What a run of a job was: its cluster, its inputs, what it took. Values only. */
package dev.tributary.predictor.run;
