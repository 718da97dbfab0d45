#pragma once

#include "ui/kit/state.h"

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace ephor::ui {

class Label;

/// A framed part of a screen: heading, grey subtitle, things at the right of the heading, body, footer.
class Card : public QFrame {
    Q_OBJECT

public:
    /// Space around the body.
    enum class Padding {
        none, ///< tables and lists reach the edge
        standard ///< 12 px
    };

    /// Without a title there is no header row.
    explicit Card(const QString& title = {}, Padding padding = Padding::standard, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    /// The title is never cut: what stands beside it gives way.
    void keepTitleWhole();
    /// Only the header shows, without the line below it.
    void setFolded(bool folded);
    /// After title and subtitle, for badges.
    void addLeading(QWidget* widget);
    /// At the right end of the header: links, buttons, legends.
    void addTrailing(QWidget* widget);
    /// Before the title, for an icon.
    void addGlyph(Icon glyph, Token tint = Token::textPrimary);

    /// Where the content goes.
    QVBoxLayout* body() const { return m_body; }
    /// Puts `widget` into the body with all the room there is.
    void setBody(QWidget* widget);
    /// A row under a line at the bottom; made at the first call.
    QHBoxLayout* footer();

    /// A 3 px bar at the left in the state's colour, as on the integrity card.
    void setEdge(State state);
    /// Frames the card with dashes in the link colour: staged, not in force.
    void setStaged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* header();

    Padding m_padding;
    QVBoxLayout* m_outer;
    QVBoxLayout* m_body;
    QWidget* m_header = nullptr;
    QHBoxLayout* m_headerRow = nullptr;
    QHBoxLayout* m_footerRow = nullptr;
    Label* m_title = nullptr;
    Label* m_subtitle = nullptr;
    int m_leadingAt = 0;
    Token m_edge = Token::count;
    bool m_staged = false;
};

/// One bordered section inside a card without padding: a micro label above its content.
class Section : public QWidget {
    Q_OBJECT

public:
    explicit Section(const QString& label = {}, QWidget* parent = nullptr);

    QVBoxLayout* body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_body;
};

}
