/**
 * The job {@code identity}: evidence becomes edges, edges become groups, groups become profiles.
 *
 * <p>Reads {@code silver.activity}, the typed event tables, {@code identity.matches}, {@code
 * identity.decisions} and {@code governance.consent}, each from the version up to which it has read
 * them. Models of records and of devices, where rules name some, are kept in {@code
 * identity.models}; before a batch they bring {@code identity.matches} up to date. Writes {@code
 * identity.edges}, {@code identity.assignments} and what follows from them; the views {@code
 * identity.links}, {@code identity.profiles} and others are over these. What a group becomes is
 * decided in {@code identity.graph}, which groups there are in {@code identity.components}; here is
 * only the way between tables. Must not know how landing writes its tables, nor demos, benchmarks
 * or the command line.
 */
package dev.tributary.pipelines.identity;
