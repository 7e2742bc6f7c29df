/** A subscription webhook's body as Polar renders it: Python-made JSON, so 25.0 stays 25.0. */
export function subscriptionEvent(
  type: string,
  options: {
    userId: string
    productId: string
    subscriptionId?: string
    amount?: number
    at?: Date
    status?: string
  },
): string {
  const at = options.at ?? new Date()
  const stamp = at.toISOString().replace('Z', '123Z')
  const end = new Date(at.getTime() + 30 * 86_400_000).toISOString()
  const amount = options.amount ?? 2900
  const id = options.subscriptionId ?? '5f0c3b8e-7d0e-4c55-9f5e-0a8f1d2b3c4d'
  // One customer for each user, as at Polar; its id need not be another one.
  const customerId = options.userId
  return `{"type": ${JSON.stringify(type)}, "timestamp": "${stamp}", "data": {
    "created_at": "${stamp}", "modified_at": null, "id": "${id}", "amount": ${amount},
    "currency": "usd", "recurring_interval": "month", "recurring_interval_count": 1,
    "status": "${options.status ?? 'active'}", "current_period_start": "${stamp}",
    "current_period_end": "${end}", "trial_start": null, "trial_end": null,
    "cancel_at_period_end": false, "canceled_at": null, "started_at": "${stamp}",
    "ends_at": null, "ended_at": null, "past_due_at": null, "customer_id": "${customerId}",
    "product_id": "${options.productId}", "discount_id": null, "checkout_id": null, "seats": null,
    "pending_update": null, "customer_cancellation_reason": null,
    "customer_cancellation_comment": null, "metadata": {}, "custom_field_data": {"score": 25.0},
    "customer": {"id": "${customerId}", "created_at": "${stamp}", "modified_at": null,
      "metadata": {}, "external_id": ${JSON.stringify(options.userId)},
      "email": "ada@example.com", "email_verified": false, "name": null, "type": "individual",
      "billing_address": null, "tax_id": null, "organization_id": "9d6a1b0c-1111-4222-8333-444455556666",
      "deleted_at": null, "avatar_url": "https://example.com/ada.png"},
    "product": {"id": "${options.productId}"}, "discount": null, "prices": [], "meters": []
  }}`
}
