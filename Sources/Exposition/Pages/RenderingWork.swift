/// How many bytes were rendered, and how many of them compressed, since the start.
package struct RenderingWork: Sendable, Hashable {
    package var renderedBytes = 0
    package var compressedBytes = 0
}
