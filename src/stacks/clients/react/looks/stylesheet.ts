/**
 * Classes of the stylesheet, by the names that the templates use, where more than one class makes
 * the look. Every other name is its own class: `cardTitle` is `billing-card-title`.
 */
const COMPOSED: Readonly<Record<string, string>> = {
  buttonPrimary: 'billing-button billing-button-primary',
  buttonSecondary: 'billing-button',
  buttonDanger: 'billing-button billing-button-danger',
  buttonQuiet: 'billing-button billing-button-quiet',
  badgeNeutral: 'billing-badge',
  badgeGood: 'billing-badge billing-good',
  badgeWarning: 'billing-badge billing-warning',
  badgeDanger: 'billing-badge billing-danger',
  noticeNeutral: 'billing-notice',
  noticeGood: 'billing-notice billing-good',
  noticeWarning: 'billing-notice billing-warning',
  noticeDanger: 'billing-notice billing-danger',
  offerHighlighted: 'billing-offer billing-offer-highlighted',
  offerCoupon: 'billing-offer-coupon billing-good',
  fieldNumber: 'billing-field-input billing-field-number',
  usageChoices: 'billing-periods billing-usage-choices',
  usageCursor: 'billing-usage-grid',
  usageCaption: 'billing-usage-note',
  usageHeadNumber: 'billing-usage-head billing-usage-number',
  usageCellNumber: 'billing-usage-cell billing-usage-number',
  usageTotalNumber: 'billing-usage-total billing-usage-number',
}

/** The stylesheet's classes for a look: 'billing-card-title'. */
export function classNameOf(look: string): string {
  const kebab = look.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return COMPOSED[look] ?? `billing-${kebab}`
}
