#pragma once

namespace ephor::bench {

/// Opens a demo workspace in the console's real window, signs in, and moves through the record as somebody would,
/// measuring. Prints one figure a line: name, value, unit and note, separated by tabs. In a process of its own, so that
/// its memory is the console's; it has no event loop yet. Returns the process's exit code.
int driveConsole(int count, char** values, const char* workspace);

}
