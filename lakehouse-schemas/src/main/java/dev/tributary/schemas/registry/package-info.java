/** Event schemas by key. */
package dev.tributary.schemas.registry;
