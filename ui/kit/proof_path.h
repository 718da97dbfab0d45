#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

namespace ephor::ui {

/// The way from an entry to the signed head: hash by hash. Short proofs are drawn whole; long ones name the steps left
/// out.
struct ProofSteps {
    QString entry; ///< words in the lowest box, "this entry"
    struct Step {
        QString computed; ///< hash after this step, shortened
        QString sibling; ///< hash it was joined with, shortened
        enum class Side { left, right } siblingSide = Side::right;
    };
    std::vector<Step> steps;
    QString root; ///< recomputed root, shortened
    QString head; ///< "head 1,284,022"
    enum class Result { notChecked, holds, broken } result = Result::notChecked;
};

/// Draws a proof. The steps are also told in words to screen readers.
class ProofPath : public QWidget {
    Q_OBJECT

public:
    explicit ProofPath(QWidget* parent = nullptr);

    void setProof(const ProofSteps& proof);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {300, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ProofSteps m_proof;
};

}
