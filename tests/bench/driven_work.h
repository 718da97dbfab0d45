#pragma once

#include <QApplication>
#include <string>

namespace ephor::bench {

/// Milliseconds by the clock and by the processor: where programs share a core, the clock counts the others' turns,
/// too.
struct Work {
    double clock = 0;
    double processor = 0;
    Work operator+(const Work& other) const { return {clock + other.clock, processor + other.processor}; }
    Work operator-(const Work& other) const { return {clock - other.clock, processor - other.processor}; }
};

/// Of the calling thread, since some fixed moment.
Work workOfThread();

/// Adds up what the UI thread does: every event that its loop hands out, painting and answers among them.
class MeteredApplication final : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;
    /// Since it was asked last.
    Work takeBusy();

private:
    bool m_inside = false;
    Work m_busy;
};

/// One figure a line, read by the program that started this one: name, value, unit and note, separated by tabs.
void tell(const std::string& name, double value, const std::string& unit, const std::string& note = {});

}
