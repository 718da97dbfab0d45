#pragma once

#include "core/api/grants.h"
#include "ui/kit/card.h"
#include "ui/screens/policies/staged_edits.h"

namespace ephor::ui {
class Button;
class IconView;
class Label;
}

namespace ephor::ui::policies {

/// What the bar under the matrix says. Pure.
struct StagedWords {
    QString edits; ///< "2 staged edits"
    QString tightens; ///< "1 tightens (binds now)"; empty: none
    QString loosens; ///< "1 loosens (needs an officer)"
    QString removes; ///< "1 takes a rule away (by a change)", "1 rewrites a rule (by a change)"
    QString effect; ///< "would have changed 37 of 12,480 recorded calls in 30 days"
};
/// `preview` may be null: not known yet, and the effect says so. Where it is known its counts hold.
StagedWords stagedWords(const EditCounts& counts, const PreviewGrants::Response* preview);

/// The bar: what is staged, what it would have done, and the way on.
class StagedBar : public Card {
    Q_OBJECT

public:
    explicit StagedBar(QWidget* parent = nullptr);

    void setWords(const StagedWords& words);
    /// In place of the effect: why it is not known.
    void setTrouble(const QString& words);

Q_SIGNALS:
    void discardWanted();
    void reviewWanted();

private:
    Label* m_edits;
    IconView* m_down;
    Label* m_tightens;
    IconView* m_up;
    Label* m_loosens;
    Label* m_removes;
    Label* m_effect;
};

}
