/** The jobs, a package a domain; {@code cli} is the only way in. */
package dev.tributary.pipelines;
