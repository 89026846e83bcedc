export const ProposalForm = ({ onClose }: { readonly onClose: () => void }) => <button onClick={onClose}>x</button>;
