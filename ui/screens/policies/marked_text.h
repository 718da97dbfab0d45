#pragma once

#include "ui/kit/tokens.h"

#include <QPlainTextEdit>
#include <cstdint>
#include <vector>

namespace ephor::ui::policies {

/// A stretch of a text that stands out, and why.
struct TextMark {
    int start = 0; ///< UTF-16 units, as Qt counts
    int length = 0;
    Token fill = Token::badgeWarn;
    QString toolTip;
    bool operator==(const TextMark&) const = default;
};

/// Where each code point of a text begins in UTF-16 units, and behind them where the text ends.
std::vector<int> codePointStarts(const QString& text);

/// A field for text of which parts stand out; what they are is told under the mouse.
class MarkedText : public QPlainTextEdit {
    Q_OBJECT

public:
    MarkedText(const QString& accessibleName, QWidget* parent);

    /// Of the text as it stands; forgotten with the next key.
    void setMarks(std::vector<TextMark> marks);
    const std::vector<TextMark>& marks() const { return m_marks; }
    /// Chooses the words of a mark and brings them into view.
    void choose(std::size_t mark);

protected:
    bool viewportEvent(QEvent* event) override;

private:
    void paintMarks();

    std::vector<TextMark> m_marks;
};

}
